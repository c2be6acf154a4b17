using Kfm.Provenance.Digests;

namespace Kfm.Agent.Patches;

/// <summary>A git unified diff, as <c>git diff</c> writes it.</summary>
/// <remarks>
/// The grammar is closed: sections start with <c>diff --git a/… b/…</c>, and a line that git would skip as garbage (a mail header, a
/// signature) is an error. Paths are UTF-8. A hunk whose lines do not match its counts is an error.
/// </remarks>
public sealed class UnifiedPatch
{
    private UnifiedPatch(ReadOnlyMemory<byte> bytes, IReadOnlyList<FilePatch> files)
    {
        Bytes = bytes;
        Files = files;
        Digest = Digest.Of(bytes.Span);
    }

    /// <summary>The patch as it was read.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The SHA-256 of the patch as it was read.</summary>
    public Digest Digest { get; }

    /// <summary>The sections, in the order of the patch; at least one.</summary>
    public IReadOnlyList<FilePatch> Files { get; }

    /// <summary>Reads a patch.</summary>
    /// <param name="patch">The bytes of the patch.</param>
    /// <param name="limits">The limits, or null for the default ones.</param>
    /// <exception cref="PatchFormatException">The bytes are not a patch in the supported format, are empty, or are beyond a limit.</exception>
    public static UnifiedPatch Parse(ReadOnlySpan<byte> patch, PatchLimits? limits = null)
    {
        limits ??= new PatchLimits();
        if (patch.Length > limits.Bytes)
        {
            throw new PatchFormatException($"the patch has more than {limits.Bytes} bytes", 1);
        }

        ReadOnlyMemory<byte> bytes = patch.ToArray();
        return new UnifiedPatch(bytes, new PatchParser(bytes, limits).Parse());
    }
}
