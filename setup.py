"""Finds the packages of the wheel; all else is said in pyproject.toml."""

from setuptools import find_packages, setup

# In the tree they lie at the top, where people look for them; installed, inside the package.
DATA = {"reader._data.resources": "resources", "reader._data.seeds": "seeds"}

setup(
    packages=[*find_packages(include=["reader", "reader.*"]), *DATA],
    package_dir={"reader": "reader", **DATA},
)
