namespace Kfm.Provenance.Manifests;

/// <summary>Adds to a difference of two files why they differ.</summary>
internal static class ArchiveComparison
{
    private const int MostNamed = 10;

    public static ManifestDifference Explain(ManifestDifference difference, string expectedRoot, string actualRoot)
    {
        if (difference.Kind != DifferenceKind.Changed)
        {
            return difference;
        }

        var why = DifferenceExplainer.Explain(Path.Combine(expectedRoot, difference.Path), Path.Combine(actualRoot, difference.Path), quotesMachine: false);
        var more = why.Count > MostNamed ? FormattableString.Invariant($"; and {why.Count - MostNamed} more") : "";
        return why.Count == 0 ? difference : difference with { Detail = $"{difference.Detail}; {string.Join("; ", why.Take(MostNamed))}{more}" };
    }
}
