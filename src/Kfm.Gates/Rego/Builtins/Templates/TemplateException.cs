namespace Kfm.Gates.Rego.Builtins.Templates;

/// <summary>A template cannot be read or run. Never leaves the builtin as it is.</summary>
internal sealed class TemplateException(string message) : Exception(message);
