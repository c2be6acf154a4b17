namespace Kfm.Gates.Rego.Syntax;

/// <summary>A parsed module.</summary>
internal sealed class Module(string file, Location packageLocation, string[] package, Import[] imports, Rule[] rules, Comment[] comments)
{
    internal string File { get; } = file;

    internal Location PackageLocation { get; } = packageLocation;

    /// <summary>The names of the package after data.</summary>
    internal string[] Package { get; } = package;

    internal Import[] Imports { get; } = imports;

    internal Rule[] Rules { get; } = rules;

    internal Comment[] Comments { get; } = comments;

    /// <summary>The imports of keywords and of rego.v1, which are no names.</summary>
    internal Import[] KeywordImports { get; init; } = [];

    internal IReadOnlyList<Annotation> Annotations { get; init; } = [];
}

/// <summary>An import; the name is the alias or the last step of the path.</summary>
internal sealed record Import(Location Location, string Root, string[] Path, string Name);
