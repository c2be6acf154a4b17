namespace Kfm.Gates.Rego.Syntax;

/// <summary>A field of a METADATA comment is not what it must be.</summary>
internal sealed class AnnotationException(string message) : Exception(message);
