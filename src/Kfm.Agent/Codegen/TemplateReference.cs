using Kfm.Provenance.Digests;

namespace Kfm.Agent.Codegen;

/// <summary>Which template a prompt was made from.</summary>
/// <param name="Id">The id, for example <c>codegen-diff</c>.</param>
/// <param name="Version">The version that the template gives itself.</param>
/// <param name="Digest">The SHA-256 of the template's bytes.</param>
public sealed record TemplateReference(string Id, string Version, Digest Digest)
{
    /// <summary>The reference as a label: <c>id version digest</c>.</summary>
    public override string ToString() => $"{Id} {Version} {Digest}";
}
