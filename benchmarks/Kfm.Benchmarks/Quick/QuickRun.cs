using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kfm.Testing;

namespace Kfm.Benchmarks;

/// <summary>Runs areas, prints a table each and writes artifacts/benchmarks/AREA.json.</summary>
internal static class QuickRun
{
    public static int Run(string[] names)
    {
        var areas = Areas();
        var unknown = names.Except(areas.Select(a => a.Name), StringComparer.Ordinal).ToList();
        if (unknown.Count > 0)
        {
            Console.Error.WriteLine($"No area is named {string.Join(", ", unknown)}; there are {string.Join(", ", areas.Select(a => a.Name).Distinct(StringComparer.Ordinal))}.");
            return 2;
        }

        var measured = true;
        foreach (var area in areas.GroupBy(a => a.Name, StringComparer.Ordinal).Where(a => names.Length == 0 || names.Contains(a.Key, StringComparer.Ordinal)))
        {
            measured &= Run(area.Key, area);
        }

        return measured ? 0 : 1;
    }

    private static List<Area> Areas() =>
    [
        .. typeof(Area).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(Area)) && !t.IsAbstract)
            .Select(t => (Area)Activator.CreateInstance(t)!)
            .OrderBy(a => a.Name, StringComparer.Ordinal),
    ];

    // Several classes may measure one area; their rows make one table.
    private static bool Run(string name, IEnumerable<Area> parts)
    {
        try
        {
            var rows = parts.SelectMany(a => a.Measure()).ToList();
            Print(name, rows);
            Write(name, rows);
            return true;
        }
        catch (NotMeasuredException e)
        {
            Console.Error.WriteLine($"{name}: not measured, {e.Message}");
            return false;
        }
    }

    private static void Print(string area, List<Row> rows)
    {
        var width = rows.Max(r => r.Name.Length);
        Console.WriteLine($"{area.PadRight(width)}  {"value",12} {"unit",-8} {"baseline",12} {"ratio",8}");
        foreach (var row in rows)
        {
            var line = $"{row.Name.PadRight(width)}  {Number(row.Value),12} {row.Unit,-8} {Number(row.Baseline),12} {Number(row.Ratio),8}  {row.BaselineName}";
            Console.WriteLine(line.TrimEnd());
        }

        Console.WriteLine();
    }

    private static string Number(double? value) => value switch
    {
        null => "",
        >= 100 or 0 => value.Value.ToString("F0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("F1", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("F2", CultureInfo.InvariantCulture),
    };

    private static void Write(string area, List<Row> rows)
    {
        var folder = RepositoryRoot.Combine("artifacts", "benchmarks");
        Directory.CreateDirectory(folder);
        using var file = File.Create(Path.Combine(folder, area + ".json"));
        using var json = new Utf8JsonWriter(file, new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartArray();
        foreach (var row in rows)
        {
            Write(json, row);
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Row row)
    {
        json.WriteStartObject();
        json.WriteString("name", row.Name);
        json.WriteNumber("value", Math.Round(row.Value, 3));
        json.WriteString("unit", row.Unit);
        WriteNumber(json, "baseline", row.Baseline);
        json.WriteString("baselineName", row.BaselineName);
        WriteNumber(json, "ratio", row.Ratio);
        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, Math.Round(number, 3));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
