from setuptools import build_meta as build_meta
