using Kfm.Provenance.Digests;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Evidence;

/// <summary>The words of the record in the values of a document.</summary>
internal static class CursorWords
{
    public static Digest Digest(this JsonCursor json) =>
        Digests.Digest.TryParse(json.Text(), out var digest) && string.Equals(digest.ToString(), json.Text(), StringComparison.Ordinal)
            ? digest
            : throw json.Error("a digest is expected: sha256: and 64 lower-case hexadecimal digits");

    public static DateTimeOffset Time(this JsonCursor json) => EvidenceTime.TryParse(json.Text(), out var time)
        ? time
        : throw json.Error("a time is expected: yyyy-MM-ddTHH:mm:ss.fffZ");

    public static RunKey RunKey(this JsonCursor json) => Evidence.RunKey.TryParse(json.Text(), out var key)
        ? key
        : throw json.Error("a run is expected, such as build#1");

    public static T Word<T>(this JsonCursor json)
        where T : struct, Enum => EnumText.TryRead<T>(json.Text(), out var value)
        ? value
        : throw json.Error("one of " + string.Join(", ", Enum.GetValues<T>().Select(EnumText.Write)) + " is expected");
}
