using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kfm.Pipeline.Init;

/// <summary>Writes the first kfm.json of a repository, with the steps that its files suggest.</summary>
internal static class InitSettings
{
    /// <summary>Where the people file stands.</summary>
    public const string People = ".kfm/people.json";

    private const string Schema = "schemas/kfm-v1.schema.json";
    private const string TestResults = "artifacts/test-results";

    private static readonly string[] DotnetFiles = ["*.slnx", "*.sln", "*.csproj"];

    // Readable by people: an apostrophe stays an apostrophe.
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    /// <summary>The file for a repository.</summary>
    /// <param name="directory">The root of the repository.</param>
    /// <param name="name">What the repository calls itself.</param>
    public static byte[] Write(string directory, string name)
    {
        var root = new JsonObject
        {
            ["$schema"] = Schema,
            ["formatVersion"] = 1,
            ["project"] = new JsonObject { ["name"] = name },
        };
        if (DotnetTarget(directory) is { } target)
        {
            root["environment"] = new JsonObject { ["allow"] = Texts("DOTNET_ROOT", "HTTPS_PROXY", "NO_PROXY", "SSL_CERT_FILE") };
            root["restore"] = Step("dotnet", "restore", target);
            root["build"] = Step("dotnet", "build", target, "--no-restore", "-c", "Release");
            root["build"]!["artifacts"] = Texts("**/bin/Release/**/*.dll");
            root["test"] = Step("dotnet", "test", target, "--no-restore", "-c", "Release", "--logger", "trx", "--results-directory", TestResults);
            root["test"]!["results"] = TestResults + "/*.trx";
        }

        root["risk"] = new JsonObject
        {
            ["low"] = Texts("docs/**", "*.md"),
            ["medium"] = Texts("src/**", "tests/**"),
            ["high"] = Texts("*.props", "*.targets", "**/packages.lock.json", "global.json"),
            ["critical"] = Texts("LICENSE", "SECURITY.md"),
        };
        root["people"] = People;
        root["policies"] = InitFiles.Policies;
        return Encoding.UTF8.GetBytes(root.ToJsonString(Indented) + "\n");
    }

    private static string? DotnetTarget(string directory) => DotnetFiles
        .Select(pattern => Directory.EnumerateFiles(directory, pattern).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal).FirstOrDefault())
        .FirstOrDefault(file => file is not null);

    private static JsonObject Step(params string[] command) => new() { ["command"] = Texts(command) };

    private static JsonArray Texts(params string[] texts) => new([.. texts.Select(t => (JsonNode?)t)]);
}
