namespace Kfm.Pipeline.Report;

/// <summary>A text of the report and how it is shown.</summary>
/// <param name="Text">The text.</param>
/// <param name="Kind">How it is shown.</param>
internal readonly record struct Mark(string Text, MarkKind Kind = MarkKind.Text)
{
    /// <summary>A path, an id, a name of the record.</summary>
    public static Mark Code(string text) => new(text, MarkKind.Code);

    /// <summary>A long digest: cut by the style where it is long, whole when it is copied or hovered.</summary>
    public static Mark Digest(string text) => new(text, MarkKind.Digest);

    /// <summary>A result, shown by colour and word.</summary>
    public static Mark Status(string text) => new(text, MarkKind.Status);

    /// <summary>Plain text.</summary>
    public static implicit operator Mark(string text) => new(text);
}
