namespace Kfm.Provenance.Manifests;

/// <summary>How far an explanation goes.</summary>
/// <param name="Depth">How many levels of archives are still looked into.</param>
/// <param name="QuotesMachine">Whether it quotes what the machine of the build put into a file.</param>
internal readonly record struct ExplainerScope(int Depth, bool QuotesMachine)
{
    public ExplainerScope Deeper => this with { Depth = Depth - 1 };

    public string Value(string value) => QuotesMachine ? $" '{value}'" : "";

    public string Values(string expected, string found) => QuotesMachine ? $" '{expected}' expected, '{found}' found" : "";
}
