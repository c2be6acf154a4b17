namespace Kfm.Provenance.Slsa;

/// <summary>The identity of a builder: a name and, after <c>@</c>, a reference.</summary>
internal readonly record struct BuilderReference(string Name, string Version)
{
    private const string Tags = "refs/tags/";

    public static bool TryParse(string id, out BuilderReference builder)
    {
        var parts = id.Split('@');
        builder = new BuilderReference(parts[0], parts.Length == 2 ? parts[1] : "");
        return parts.Length == 1 || (parts.Length == 2 && parts[1].Length > 0);
    }

    /// <summary>Whether this is the builder that was asked for: by name, and by reference when one was asked for. A tag may stand without <c>refs/tags/</c>.</summary>
    public SlsaRejection? Match(string expected, bool exact)
    {
        if (!TryParse(expected, out var asked))
        {
            return new(SlsaErrorCode.InvalidFormat, $"The builder '{expected}' is not written name or name@reference.");
        }

        var same = string.Equals(asked.Version, Version, StringComparison.Ordinal) || string.Equals(Tags + asked.Version, Version, StringComparison.Ordinal);
        return string.Equals(asked.Name, Name, StringComparison.Ordinal) && (same || (!exact && asked.Version.Length == 0))
            ? null
            : new(SlsaErrorCode.MismatchBuilderID, $"The builder is {this}, expected is {expected}.");
    }

    public override string ToString() => Version.Length > 0 ? $"{Name}@{Version}" : Name;
}
