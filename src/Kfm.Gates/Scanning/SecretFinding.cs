namespace Kfm.Gates.Scanning;

/// <summary>A secret in a text. It says where, never what.</summary>
/// <param name="Rule">The id of the rule that found it, for example <c>github-token</c>.</param>
/// <param name="Path">The file, when a patch was scanned; else null.</param>
/// <param name="Line">The line from 1: of the text, or of the new file when a patch was scanned; 0 for a file name.</param>
/// <param name="Column">The column of its first character from 1, in UTF-16 units.</param>
/// <param name="Length">Its length in UTF-16 units.</param>
/// <param name="Fingerprint">
/// The first 16 hexadecimal digits of the SHA-256 of rule, NUL and secret: equal for equal secrets, so that a finding can be followed
/// over runs. It is not keyed; a short password can be guessed from it.
/// </param>
public sealed record SecretFinding(string Rule, string? Path, int Line, int Column, int Length, string Fingerprint)
{
    /// <summary>The finding in one line, for a check's detail.</summary>
    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Rule} at {(Path is null ? "" : Path + ":")}{Line}:{Column}");
}
