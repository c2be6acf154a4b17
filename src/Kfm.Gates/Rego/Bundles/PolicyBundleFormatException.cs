using Kfm.Provenance;

namespace Kfm.Gates.Rego;

/// <summary>A bundle is not one that can be used: a file, the manifest or a signature is wrong, or a limit is exceeded.</summary>
public sealed class PolicyBundleFormatException : KfmException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="file">The file in the bundle; empty for the whole.</param>
    /// <param name="reason">What is wrong.</param>
    public PolicyBundleFormatException(string file, string reason)
        : base(file.Length == 0 ? reason : $"{file}: {reason}") => File = file;

    /// <summary>The path of the file in the bundle, with forward slashes; empty for the whole.</summary>
    public string File { get; }
}
