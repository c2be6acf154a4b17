using System.Text.Json;
using Kfm.Provenance.Json;

namespace Kfm.Gates.Reports;

/// <summary>
/// Reads results of benchmarks: BenchmarkDotNet's full JSON (<c>*-report-full.json</c>), or an array of <c>{"name", "value", "unit"}</c> with a unit of
/// time (ns, us, µs, ms, s) or of size (B, KB, MB by 1,024); rows with other units are passed over.
/// </summary>
public static class BenchmarkReader
{
    private const int MaxBytes = 64 << 20;
    private const int MaxName = 1_000;

    /// <summary>Reads a file.</summary>
    /// <param name="utf8">The file, at most 64 MiB.</param>
    /// <exception cref="ReportFormatException">The file is neither format, or holds a benchmark without a result.</exception>
    public static IReadOnlyList<BenchmarkResult> Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes)
        {
            throw new ReportFormatException($"The benchmark results are larger than {MaxBytes} bytes.");
        }

        try
        {
            using var document = JsonDocument.Parse(CanonicalJson.Canonicalize(utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8));
            var root = document.RootElement;
            BenchmarkResult[] results = root.ValueKind switch
            {
                JsonValueKind.Array => [.. root.EnumerateArray().Select(Row).OfType<BenchmarkResult>()],
                JsonValueKind.Object when root.TryGetProperty("Benchmarks", out var all) && all.ValueKind == JsonValueKind.Array => [.. all.EnumerateArray().Select(Full)],
                _ => throw new ReportFormatException("The benchmark results are neither an array of rows nor a report of BenchmarkDotNet."),
            };
            return results.Length > 0 ? results : throw new ReportFormatException("The benchmark results hold no benchmark.");
        }
        catch (JsonFormatException e)
        {
            throw new ReportFormatException("The benchmark results are not JSON: " + e.Message);
        }
    }

    private static BenchmarkResult? Row(JsonElement row)
    {
        var (name, unit) = (Text(row, "name"), Text(row, "unit"));
        return (Time(unit), Size(unit)) switch
        {
            ({ } time, _) => new BenchmarkResult(name, Number(row, "value") * time, null),
            (_, { } size) => new BenchmarkResult(name, null, Number(row, "value") * size),
            _ => null,
        };
    }

    // Statistics are null where the benchmark failed: it then meets no budget, and saying nothing would look as if it did.
    private static BenchmarkResult Full(JsonElement benchmark)
    {
        var name = Text(benchmark, "FullName");
        if (!benchmark.TryGetProperty("Statistics", out var statistics) || statistics.ValueKind != JsonValueKind.Object)
        {
            throw new ReportFormatException($"The benchmark '{name}' has no result.");
        }

        var memory = benchmark.TryGetProperty("Memory", out var found) && found.ValueKind == JsonValueKind.Object && found.TryGetProperty("BytesAllocatedPerOperation", out var bytes)
            && bytes.ValueKind == JsonValueKind.Number ? bytes.GetDouble() : (double?)null;
        return new BenchmarkResult(name, Number(statistics, "Mean"), memory);
    }

    private static double? Time(string unit) => unit switch { "ns" => 1, "us" or "µs" or "μs" => 1e3, "ms" => 1e6, "s" => 1e9, _ => null };

    private static double? Size(string unit) => unit switch { "B" => 1, "KB" => 1_024, "MB" => 1_048_576, _ => null };

    private static double Number(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number and >= 0
            ? number
            : throw new ReportFormatException($"A benchmark has no number '{name}' from 0.");

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= MaxName } text
            ? text
            : throw new ReportFormatException($"A benchmark has no text '{name}' of 1 to {MaxName} characters.");
}
