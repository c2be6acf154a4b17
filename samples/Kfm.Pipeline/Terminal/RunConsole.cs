using System.Globalization;
using Spectre.Console;

namespace Kfm.Pipeline.Terminal;

/// <summary>Writes progress and tables: plain text, or colours and boxes where a person looks at a terminal.</summary>
internal sealed class RunConsole(TextWriter output, bool interactive)
{
    private readonly IAnsiConsole? _ansi = interactive
        ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) })
        : null;

    /// <summary>A line of text.</summary>
    public void Line(string text = "") => output.WriteLine(text);

    /// <summary>A stage has started; shown only where the line can be written over when it ends.</summary>
    public void Started(string stage)
    {
        if (_ansi is not null)
        {
            output.Write($"  {stage,-10} ...");
            output.Flush();
        }
    }

    /// <summary>A stage has ended.</summary>
    public void Finished(StageLine line)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"  {line.Name,-10} {line.Outcome,-8} {line.Wall.TotalSeconds,6:0.00} s  own {line.Own.TotalSeconds,5:0.00} s  {line.Detail}");
        output.WriteLine((_ansi is null ? "" : "\r\e[K") + text.TrimEnd());
    }

    /// <summary>A table; columns keep their order and the first row of widths decides in plain text.</summary>
    public void Table(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (_ansi is null)
        {
            PlainTable(columns, rows);
            return;
        }

        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(Markup.Escape(column)));
        }

        foreach (var row in rows)
        {
            table.AddRow([.. row.Select(Cell)]);
        }

        _ansi.Write(table);
    }

    private static string Cell(string text) => text switch
    {
        "allow" or "ok" or "verified" => $"[green]{text}[/]",
        "review" or "skipped" => $"[yellow]{text}[/]",
        "deny" or "failed" or "refused" => $"[red]{text}[/]",
        _ => Markup.Escape(text),
    };

    private void PlainTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var widths = columns.Select((name, i) => Math.Max(name.Length, rows.Select(r => r[i].Length).DefaultIfEmpty().Max())).ToArray();
        foreach (var row in rows.Prepend(columns))
        {
            output.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }
    }
}
