"""The engine that runs the models of an operator with ONNX Runtime: none is shipped, each has a licence of its own."""

from gatehouse.biometrics.onnx.engine import OnnxEngine

__all__ = ["OnnxEngine"]
