using Kfm.Provenance.Digests;
using Kfm.Provenance.InToto;
using Kfm.Provenance.Manifests;

namespace Kfm.Pipeline.Attestations;

/// <summary>Subjects by file, by digest or by manifest.</summary>
internal static class AttestationSubjects
{
    private const string Prefix = "sha256:";

    /// <summary>A file, <c>sha256:hex</c>, or <c>name@sha256:hex</c>.</summary>
    /// <exception cref="AttestationInputException">The text is neither.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ResourceDescriptor Parse(string text)
    {
        var at = text.LastIndexOf('@');
        var (name, digest) = at > 0 ? (text[..at], text[(at + 1)..]) : ("", text);
        if (digest.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return Digest.TryParse(digest, out var value)
                ? new ResourceDescriptor { Name = name.Length > 0 ? name : null, Digest = DigestSet.Of(value) }
                : throw new AttestationInputException($"'{text}' is not written sha256: and 64 lower-case hexadecimal digits.");
        }

        return ResourceDescriptor.Of(Path.GetFileName(text), Digest.OfFile(text));
    }

    /// <summary>The files of a manifest.</summary>
    public static IEnumerable<ResourceDescriptor> OfManifest(string path) =>
        ArtifactManifest.Parse(AttestationFile.Read(path)).Entries.Where(e => e.LinkTarget is null).Select(e => ResourceDescriptor.Of(e.Path, e.Digest));
}
