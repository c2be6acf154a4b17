using System.Text.RegularExpressions;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Architecture;

public sealed partial class SourceFileTests
{
    [Fact]
    public void Source_file_holds_one_public_type_of_its_name()
    {
        var wrong = Sources().Where(file => !PublicTypes(file).All(name => IsNamed(file, name)) || PublicTypes(file).Count > 1);

        Assert.Empty(wrong.Select(file => Path.GetRelativePath(RepositoryRoot.Path, file)));
    }

    private static IEnumerable<string> Sources() => Directory
        .EnumerateFiles(RepositoryRoot.Combine("src"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    private static HashSet<string> PublicTypes(string file) =>
        PublicType().Matches(File.ReadAllText(file)).Select(m => m.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);

    // A partial type may stand in several files: Name.cs, Name.Concern.cs.
    private static bool IsNamed(string file, string type) => Path.GetFileName(file).Split('.')[0] == type;

    // Namespaces are file-scoped, so a type of the namespace starts at the margin.
    [GeneratedRegex(
        @"^public (?:(?:static|sealed|abstract|partial|readonly|ref|unsafe) )*(?:class|struct|interface|enum|delegate [^(]*?|record(?: struct| class)?) (?<name>\w+)",
        RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex PublicType();
}
