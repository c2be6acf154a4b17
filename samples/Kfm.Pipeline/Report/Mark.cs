namespace Kfm.Pipeline.Report;

/// <summary>A text of the report and how it is shown.</summary>
/// <param name="Text">The text.</param>
/// <param name="Kind">How it is shown.</param>
internal readonly record struct Mark(string Text, MarkKind Kind = MarkKind.Text)
{
    /// <summary>A digest, a path, an id.</summary>
    public static Mark Code(string text) => new(text, MarkKind.Code);

    /// <summary>A result, shown by colour and word.</summary>
    public static Mark Status(string text) => new(text, MarkKind.Status);

    /// <summary>Plain text.</summary>
    public static implicit operator Mark(string text) => new(text);
}
