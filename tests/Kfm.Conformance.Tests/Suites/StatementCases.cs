using System.Text;
using System.Text.Json;
using Kfm.Provenance.InToto;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>in-toto Statements and ResourceDescriptors: accepted or refused as the reference implementation does.</summary>
internal static class StatementCases
{
    public static IEnumerable<SuiteCase> Read(string folder)
    {
        using var cases = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "statement", "cases.json")));
        return [.. cases.RootElement.EnumerateArray().Select(Case)];
    }

    private static SuiteCase Case(JsonElement one)
    {
        var (kind, ok) = (one.GetProperty("kind").GetString(), one.GetProperty("expect").GetString() == "ok");
        var text = Encoding.UTF8.GetBytes(one.GetProperty("json").GetString()!);
        return new(one.GetProperty("id").GetString()!, () => Accepted(kind, text) == ok ? null : ok ? "is refused but valid" : "is accepted but invalid");
    }

    private static bool Accepted(string? kind, byte[] text)
    {
        try
        {
            return kind switch
            {
                "statement" => Statement.Parse(text).Subject.Count > 0,
                "resourceDescriptor" => ResourceDescriptor.Parse(text) is not null,
                _ => throw new InvalidOperationException($"The kind '{kind}' is not known."),
            };
        }
        catch (InTotoFormatException)
        {
            return false;
        }
    }
}
