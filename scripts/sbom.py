"""Write the list of all that ships as CycloneDX: ``python -m scripts.sbom``."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import DisjunctiveLicense
from cyclonedx.output.json import JsonV1Dot6
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packageurl import PackageURL

from scripts.licences import licence
from scripts.shipped import Shipped, canonical, shipped
from scripts.steps import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable

OUT = ROOT / "artefacts" / "planmap.cdx.json"


def component(one: Shipped) -> Component:
    """Return a package as CycloneDX has it."""
    group, _, name = one.name.rpartition("/")
    if one.ecosystem == "pypi":
        name = canonical(name)
    url = PackageURL(one.ecosystem, group or None, name, one.version)
    # The hashes of a lock are those of all files that a package comes as: one must fit.
    hashes = [HashType(alg=HashAlgorithm.SHA_256, content=text) for text in one.hashes[:1]]
    return Component(
        type=ComponentType.LIBRARY,
        group=group or None,
        name=name,
        version=one.version,
        purl=url,
        bom_ref=url.to_string(),
        hashes=hashes if len(one.hashes) == 1 else (),
        licenses=[DisjunctiveLicense(name=licence(one))] if licence(one) else (),
    )


def bill(packages: Iterable[Shipped]) -> str:
    """Return the list as JSON, checked against CycloneDX's own schema.

    Raises
    ------
    ValueError
        It breaks the schema.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    bom = Bom(components=map(component, packages))
    bom.metadata.component = Component(
        type=ComponentType.APPLICATION, name=project["name"], version=project["version"]
    )
    bom.register_dependency(bom.metadata.component, bom.components)
    text: str = JsonV1Dot6(bom).output_as_string(indent=2)
    if fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(text):
        raise ValueError(f"the list breaks its schema: {fault}")
    return text


def main() -> None:
    """Write the list."""
    OUT.parent.mkdir(exist_ok=True)
    packages = shipped()
    OUT.write_text(bill(packages), encoding="utf-8")
    print(f"{OUT.relative_to(ROOT)}: {len(packages)} packages")


if __name__ == "__main__":
    main()
