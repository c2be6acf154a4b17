using System.Globalization;

namespace Kfm.Provenance.Evidence;

/// <summary>How canonical JSON texts lie in a document.</summary>
internal sealed class DocumentFraming
{
    private readonly bool _newline;
    private readonly bool _many;

    private DocumentFraming(bool newline, bool many)
    {
        _newline = newline;
        _many = many;
    }

    /// <summary>One text and a newline.</summary>
    public static DocumentFraming File { get; } = new(newline: true, many: false);

    /// <summary>Any number of texts, each with a newline.</summary>
    public static DocumentFraming Lines { get; } = new(newline: true, many: true);

    /// <summary>One text and nothing else: the payload of an envelope.</summary>
    public static DocumentFraming Payload { get; } = new(newline: false, many: false);

    public string Pointer(int index) => _many ? string.Create(CultureInfo.InvariantCulture, $"/{index}") : "";

    public byte[] Join(IReadOnlyList<byte[]> texts)
    {
        var output = new List<byte>();
        foreach (var text in texts)
        {
            output.AddRange(text);
            if (_newline)
            {
                output.Add((byte)'\n');
            }
        }

        return [.. output];
    }

    public List<byte[]> Split(ReadOnlySpan<byte> document, Func<string, string, KfmException> error)
    {
        if (!_newline)
        {
            return [document.ToArray()];
        }

        var texts = new List<byte[]>();
        while (!document.IsEmpty)
        {
            var end = document.IndexOf((byte)'\n');
            if (end < 0)
            {
                throw error("the text does not end with a newline", "");
            }

            texts.Add(document[..end].ToArray());
            document = document[(end + 1)..];
        }

        return _many || texts.Count == 1 ? texts : throw error($"one line is expected, not {texts.Count}", "");
    }
}
