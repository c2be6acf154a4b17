namespace Kfm.Agent.Patches;

/// <summary>The names of the rules by which a patch is refused.</summary>
public static class PatchRules
{
    /// <summary>Binary content cannot be reviewed as text.</summary>
    public const string Binary = "binary";

    /// <summary>A submodule (mode 160000) or <c>.gitmodules</c> brings in content from elsewhere.</summary>
    public const string Submodule = "submodule";

    /// <summary>A link leads out of the tree, into <c>.git</c> or through another link.</summary>
    public const string Link = "link";

    /// <summary>A name differs from another one only in case, so that some file systems take both for one.</summary>
    public const string Case = "case";

    /// <summary>A name is <c>.git</c>, or some file system takes it for that.</summary>
    public const string GitDirectory = "git-directory";

    /// <summary><c>.gitattributes</c> sets more than <c>text</c> and <c>eol</c>: drivers and filters change or hide what is read.</summary>
    public const string GitAttributes = "git-attributes";

    /// <summary>A path is absolute, goes up, or has empty names, backslashes or control characters.</summary>
    public const string Path = "path";

    /// <summary>A path is changed or made twice.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>A path is a file and a directory at once.</summary>
    public const string DirectoryConflict = "directory-conflict";

    /// <summary>A mode is not 100644, 100755 or 120000, differs from the one at base, or changes the type of a file.</summary>
    public const string Mode = "mode";

    /// <summary>A file to change is not there at base.</summary>
    public const string Missing = "missing";

    /// <summary>A file to add is there at base.</summary>
    public const string Exists = "exists";

    /// <summary>A hunk does not apply, or leaves content that it must not leave.</summary>
    public const string Hunk = "hunk";
}
