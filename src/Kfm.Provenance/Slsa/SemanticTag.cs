using System.Text.RegularExpressions;

namespace Kfm.Provenance.Slsa;

/// <summary>Tags that are semantic versions with <c>v</c>, of which minor and patch may be left out (golang.org/x/mod/semver).</summary>
internal static partial class SemanticTag
{
    private const int MaxLength = 256;

    /// <summary>Whether the tag is that of a release: three parts and nothing after them.</summary>
    public static bool IsRelease(string tag) =>
        Match(tag) is { Success: true } match && match.Groups["patch"].Success && !match.Groups["pre"].Success && !match.Groups["build"].Success;

    /// <summary>Whether the tag has the parts that the expected version gives. What is missing in the tag is zero; build metadata is not looked at.</summary>
    public static SlsaRejection? MatchVersion(string tag, string expected)
    {
        var (asked, found) = (Match(expected), Match(tag));
        if (!asked.Success || !found.Success)
        {
            return new(SlsaErrorCode.InvalidSemver, $"'{(asked.Success ? tag : expected)}' is not a semantic version with v.");
        }

        foreach (var part in new[] { "major", "minor", "patch" })
        {
            if (asked.Groups[part].Success && !string.Equals(asked.Groups[part].Value, Number(found, part), StringComparison.Ordinal))
            {
                return Mismatch(tag, expected);
            }
        }

        var same = string.Equals(asked.Groups["pre"].Value, found.Groups["pre"].Value, StringComparison.Ordinal);
        return same || !asked.Groups["patch"].Success ? null : Mismatch(tag, expected);
    }

    private static SlsaRejection Mismatch(string tag, string expected) =>
        new(SlsaErrorCode.MismatchVersionedTag, $"The tag is {tag}, expected is one of version {expected}.");

    private static string Number(Match match, string part) => match.Groups[part].Success ? match.Groups[part].Value : "0";

    private static Match Match(string tag) => tag.Length <= MaxLength ? Version().Match(tag) : System.Text.RegularExpressions.Match.Empty;

    [GeneratedRegex(
        @"\Av(?<major>0|[1-9][0-9]*)(\.(?<minor>0|[1-9][0-9]*)(\.(?<patch>0|[1-9][0-9]*)(-(?<pre>(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*))?(\+(?<build>[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*))?)?)?\z",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Version();
}
