"""Published benchmarks in: a publisher's file is told by its headings, checked and kept whole."""

from loaders.benchmarks.load import BenchmarkLoad, load_benchmark_file
from loaders.benchmarks.packaged import load_packaged
from loaders.benchmarks.problems import BenchmarkRefused, Place
from loaders.benchmarks.recognise import recognise

__all__ = [
    "BenchmarkLoad",
    "BenchmarkRefused",
    "Place",
    "load_benchmark_file",
    "load_packaged",
    "recognise",
]
