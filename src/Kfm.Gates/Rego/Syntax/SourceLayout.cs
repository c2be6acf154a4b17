namespace Kfm.Gates.Rego.Syntax;

/// <summary>A module with what its layout is made of.</summary>
/// <param name="Source">The source text.</param>
/// <param name="Module">The parsed module.</param>
/// <param name="Tokens">The tokens, the end included.</param>
/// <param name="Bodies">Where the braces of bodies open, as offsets in the source.</param>
internal sealed record SourceLayout(string Source, Module Module, IReadOnlyList<Token> Tokens, HashSet<int> Bodies);
