namespace Kfm.Pipeline.Report;

/// <summary>A text of the report and how it is shown.</summary>
/// <param name="Text">The text.</param>
/// <param name="Kind">How it is shown.</param>
internal readonly record struct Mark(string Text, MarkKind Kind = MarkKind.Text)
{
    /// <summary>Where the text leads to: a place of the page, or a file of the bundle; null when it leads nowhere.</summary>
    public string? Target { get; private init; }

    /// <summary>The texts that this one consists of; null for one text.</summary>
    public IReadOnlyList<Mark>? Parts { get; private init; }

    /// <summary>A path, an id, a name of the record.</summary>
    public static Mark Code(string text) => new(text, MarkKind.Code);

    /// <summary>A long digest: cut by the style where it is long, whole when it is copied or hovered.</summary>
    public static Mark Digest(string text) => new(text, MarkKind.Digest);

    /// <summary>A result, shown by colour and word.</summary>
    public static Mark Status(string text) => new(text, MarkKind.Status);

    /// <summary>A file of the bundle, with a link to it.</summary>
    public static Mark File(string path) => Code(path) with { Target = Path(path) };

    /// <summary>Several texts as one.</summary>
    public static Mark All(params IEnumerable<Mark> parts)
    {
        Mark[] all = [.. parts.Where(p => p.Text.Length > 0)];
        return new Mark(string.Concat(all.Select(p => p.Text))) { Parts = all };
    }

    /// <summary>Texts with something between them.</summary>
    public static Mark Join(string between, IEnumerable<Mark> parts) => All(parts.SelectMany((p, i) => i == 0 ? (Mark[])[p] : [between, p]));

    /// <summary>The same with a link to a place of the page.</summary>
    public Mark To(string anchor) => this with { Target = "#" + anchor };

    /// <summary>The address of a file of the bundle, relative to the page; a name cannot make it an address of another kind.</summary>
    public static string Path(string path) => "./" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    /// <summary>Plain text.</summary>
    public static implicit operator Mark(string text) => new(text);
}
