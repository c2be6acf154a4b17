using System.Globalization;
using Kfm.Agent.PullRequests;
using Spectre.Console;

namespace Kfm.Pipeline.Terminal;

/// <summary>
/// Writes progress, fields and tables: plain text, or colours and boxes where a person looks at a terminal. Hidden characters of foreign
/// texts are made visible, so that no title or message can move the cursor.
/// </summary>
internal sealed class RunConsole(TextWriter output, bool interactive, bool compact = false)
{
    private const int Width = 79;
    private const int Indent = 11;

    private readonly IAnsiConsole? _ansi = interactive
        ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) })
        : null;

    private string _flow = "";
    private TimeSpan _wall;

    /// <summary>Whether several runs share one screen.</summary>
    public bool Compact => compact;

    /// <summary>A line of text.</summary>
    public void Line(string text = "") => output.WriteLine(VisibleText.Of(text));

    /// <summary>A name and a text, wrapped below itself.</summary>
    public void Field(string name, string text) => Fields(name, Wrapped(VisibleText.Line(text)));

    /// <summary>A name and a text that is to be copied, so it is never wrapped.</summary>
    public void Whole(string name, string text) => Fields(name, [VisibleText.Line(text)]);

    /// <summary>A name and a verdict with what it means.</summary>
    public void Verdict(string name, string verdict, string meaning) =>
        output.WriteLine($"  {name,-Indent + 2}{(_ansi is null ? verdict : Coloured(verdict))}  {meaning}");

    /// <summary>A stage has started; shown only where the line can be written over when it ends.</summary>
    public void Started(string stage)
    {
        if (_ansi is null)
        {
            return;
        }

        // A line that wraps could not be written over.
        var before = _flow.Length + stage.Length + 4 > Width - 2 ? "" : _flow;
        output.Write(compact ? $"\r\e[K  {before}{stage} ..." : $"  {stage,-10} ...");
        output.Flush();
    }

    /// <summary>A stage has ended.</summary>
    public void Finished(StageLine line)
    {
        _wall += line.Wall;
        if (compact)
        {
            Flow(line);
            return;
        }

        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"  {line.Name,-10} {line.Outcome,-8} {line.Wall.TotalSeconds,6:0.00} s  own {line.Own.TotalSeconds,5:0.00} s  {VisibleText.Line(line.Detail)}").TrimEnd();
        if (_ansi is null)
        {
            output.WriteLine(text);
            return;
        }

        var shown = text.Length > Width ? text[..(Width - 3)] + "..." : text;
        output.WriteLine("\r\e[K" + shown[..13] + Coloured(line.Outcome) + shown[(13 + line.Outcome.Length)..]);
    }

    /// <summary>All stages have ended.</summary>
    public void OwnTime(TimeSpan own, TimeSpan setup)
    {
        if (_flow.Length > 0)
        {
            output.WriteLine((_ansi is null ? "  " : "\r\e[K  ") + _flow.TrimEnd(' ', ','));
            _flow = "";
        }

        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"  own time, child processes excluded: {own.TotalSeconds:0.00} s (start {setup.TotalSeconds:0.00} s) of {(_wall + setup).TotalSeconds:0.0} s"));
    }

    /// <summary>A table; columns keep their order.</summary>
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

    // Several stages share a line: seconds, and behind the slash those of them that are Kfm's own.
    private void Flow(StageLine line)
    {
        var item = string.Create(
            CultureInfo.InvariantCulture,
            $"{line.Name}{(line.Outcome == "ok" ? "" : " " + line.Outcome)} {line.Wall.TotalSeconds:0.00}/{line.Own.TotalSeconds:0.00}, ");
        if (_flow.Length + item.Length > Width - 2)
        {
            output.WriteLine((_ansi is null ? "  " : "\r\e[K  ") + _flow.TrimEnd());
            _flow = "";
        }

        _flow += item;
        if (_ansi is not null)
        {
            output.Write("\r\e[K  " + _flow);
            output.Flush();
        }
    }

    private void Fields(string name, List<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            output.WriteLine($"  {(i == 0 ? name : ""),-Indent + 2}{lines[i]}");
        }
    }

    private static List<string> Wrapped(string text)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + 1 + word.Length > Width - Indent)
            {
                lines.Add("");
            }

            lines[^1] += lines[^1].Length == 0 ? word : " " + word;
        }

        return lines;
    }

    private static string Coloured(string word) => Colour(word) switch
    {
        "green" => $"\e[32m{word}\e[0m",
        "yellow" => $"\e[33m{word}\e[0m",
        "red" => $"\e[31m{word}\e[0m",
        _ => word,
    };

    private static string Cell(string text) => Colour(text) is { } colour ? $"[{colour}]{Markup.Escape(text)}[/]" : Markup.Escape(VisibleText.Line(text));

    private static string? Colour(string text) => text switch
    {
        "allow" or "ok" or "verified" => "green",
        "review" or "skipped" => "yellow",
        "deny" or "failed" or "refused" => "red",
        _ => null,
    };

    private void PlainTable(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        string[][] cells = [.. rows.Prepend(columns).Select(r => r.Select(VisibleText.Line).ToArray())];
        var widths = columns.Select((_, i) => cells.Max(r => r[i].Length)).ToArray();
        foreach (var row in cells)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        }
    }
}
