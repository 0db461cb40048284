"""Run by QGIS's own Python: what a project, a package and a service look like there."""

import json
import sys

from qgis.core import QgsApplication, QgsProject, QgsVectorLayer


def main(project_path, package_path, service):
    """Print what QGIS sees as JSON."""
    application = QgsApplication([], GUIenabled=False)
    application.initQgis()
    project = QgsProject.instance()
    assert project.read(project_path)
    layers = {
        layer.name(): {
            "valid": layer.isValid(),
            "count": layer.featureCount(),
            "aliases": [layer.attributeAlias(at) for at in range(layer.fields().count())],
            "names": sorted(
                feature["name"]
                for feature in layer.getFeatures()
                if layer.fields().indexOf("name") >= 0
            ),
            "renderer": layer.renderer().type() if layer.renderer() else "",
        }
        for layer in project.mapLayers().values()
    }
    package = QgsVectorLayer(f"{package_path}|layername=project_points", "points", "ogr")
    _, with_style = package.loadDefaultStyle()
    address = f"url='{service}' typename='projects' version='OGC_API_FEATURES'"
    served = QgsVectorLayer(address, "served", "OAPIF")
    answer = {
        "crs": project.crs().authid(),
        "layers": layers,
        "style": with_style and package.renderer().type(),
        "served": sorted(feature["name"] for feature in served.getFeatures()),
    }
    sys.stdout.write(json.dumps(answer) + "\n")


main(*sys.argv[1:])
