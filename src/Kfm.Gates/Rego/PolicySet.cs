using System.Text;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Gates.Rego;

/// <summary>The identity of a policy set.</summary>
public static class PolicySet
{
    /// <summary>SHA-256 of the RFC 8785 form of <c>[{"path", "sha256"}]</c>, sorted by path, where sha256 is the hex digest of the source in UTF-8.</summary>
    /// <param name="modules">The modules; their order does not matter.</param>
    public static Digest Digest(IEnumerable<RegoModule> modules)
    {
        ArgumentNullException.ThrowIfNull(modules);
        var entries = modules.OrderBy(m => m.Path, StringComparer.Ordinal).Select(m => (RegoValue)RegoObject.Create(
        [
            new(RegoValue.Of("path"), RegoValue.Of(m.Path)),
            new(RegoValue.Of("sha256"), RegoValue.Of(Provenance.Digests.Digest.Of(Encoding.UTF8.GetBytes(m.Source)).Hex)),
        ]));
        return CanonicalJson.Hash(RegoArray.Create(entries).ToJson());
    }
}
