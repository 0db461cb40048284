"""The sheet: a map on paper or on a slide, with everything that a finished sheet carries.

``options`` says what is asked for, ``layout`` where it stands in millimetres, small modules draw
one thing each upon a ``Paper``, and one writer per format turns paper into bytes.
"""
