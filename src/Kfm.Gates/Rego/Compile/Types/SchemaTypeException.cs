namespace Kfm.Gates.Rego.Compile.Types;

/// <summary>A JSON schema has no type.</summary>
internal sealed class SchemaTypeException(string message) : Exception(message);
