namespace Kfm.Gates.Rego.Syntax;

/// <summary>A comment without its number sign.</summary>
internal sealed record Comment(string Text, Location Location);
