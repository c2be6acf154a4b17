using System.Text.Encodings.Web;
using System.Text.Json;
using Kfm.Testing;

namespace Kfm.Conformance.Tests;

/// <summary>What came of a suite: the file under artifacts/conformance and the line on standard output.</summary>
internal sealed record SuiteReport(string Suite, IReadOnlyList<string> PassedIds, IReadOnlyList<SuiteFailure> Failures, int SkippedCount)
{
    private const int LongestReason = 500;

    public int Total => PassedIds.Count + Failures.Count + SkippedCount;

    /// <summary>A suite whose folder is missing counts as one skipped case, since its own are not known.</summary>
    public static SuiteReport Skipped(string suite) => new(suite, [], [], 1);

    public static SuiteReport Run(string suite, IEnumerable<SuiteCase> cases)
    {
        var passed = new List<string>();
        var failures = new List<SuiteFailure>();
        foreach (var one in cases)
        {
            if (Reason(one) is { } reason)
            {
                failures.Add(new(one.Id, reason.Length > LongestReason ? reason[..LongestReason] + "…" : reason));
            }
            else
            {
                passed.Add(one.Id);
            }
        }

        return new(suite, passed, failures, 0);
    }

    public void Publish()
    {
        var folder = RepositoryRoot.Combine("artifacts", "conformance");
        Directory.CreateDirectory(folder);
        using (var file = File.Create(Path.Combine(folder, Suite + ".json")))
        {
            using var json = new Utf8JsonWriter(file, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            Write(json);
            json.Flush();
            file.Write("\n"u8);
        }

        Console.WriteLine($"conformance {Suite}: {PassedIds.Count} passed, {Failures.Count} failed, {SkippedCount} skipped of {Total}");
    }

    private static string? Reason(SuiteCase one)
    {
        try
        {
            return one.Check();
        }
        catch (Exception e)
        {
            return $"{e.GetType().Name}: {e.Message}";
        }
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("suite", Suite);
        json.WriteNumber("total", Total);
        json.WriteNumber("passed", PassedIds.Count);
        json.WriteNumber("failed", Failures.Count);
        json.WriteNumber("skipped", SkippedCount);
        json.WriteStartArray("failures");
        foreach (var failure in Failures)
        {
            json.WriteStartObject();
            json.WriteString("id", failure.Id);
            json.WriteString("reason", failure.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
