namespace Kfm.Provenance.Packaging;

/// <summary>What a normalizer did beside writing the same contents in a fixed form.</summary>
/// <param name="Kind">The kind that the file was taken for.</param>
/// <param name="Rewritten">The paths whose content was changed, sorted.</param>
/// <param name="Removed">The paths that were left out because a signature over the original bytes means nothing afterwards, sorted.</param>
/// <param name="Renamed">The paths that got another name, sorted.</param>
public sealed record NormalizedPackage(PackageKind Kind, IReadOnlyList<string> Rewritten, IReadOnlyList<string> Removed, IReadOnlyList<string> Renamed);
