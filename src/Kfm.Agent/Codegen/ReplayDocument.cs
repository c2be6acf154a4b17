namespace Kfm.Agent.Codegen;

/// <summary>The members of a replay file.</summary>
internal sealed record ReplayDocument(int FormatVersion, IReadOnlyList<ReplayDocument.Recording> Recordings)
{
    internal sealed record Recording(string RequestDigest, Answer Response);

    internal sealed record Answer(string Patch, string ModelVersion, SortedDictionary<string, string> ToolVersions);
}
