using System.Security.Cryptography;
using System.Text;

namespace Kfm.Gates.Scanning;

/// <summary>Finds secrets in texts and patches, and takes them out.</summary>
/// <remarks>
/// Keys and tokens of known forms, private keys, passwords in connection strings and URIs, and assignments to names such as
/// <c>apiKey</c> whose value has a high entropy. Time is linear in the text. No member gives a secret back.
/// </remarks>
public static class SecretScanner
{
    private const string AllowComment = "kfm:allow-secret";
    private const int MaxRounds = 16;

    /// <summary>Scans a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <returns>The findings by place, at most <see cref="SecretScanOptions.MaxFindings"/>.</returns>
    /// <exception cref="SecretScanException">The text is longer than <see cref="SecretScanOptions.MaxLength"/>.</exception>
    public static IReadOnlyList<SecretFinding> Scan(string text, SecretScanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new SecretScanOptions();
        Check(text, options);
        var lines = new LineIndex(text);
        return [.. Spans(text)
            .Where(span => !options.HonourAllowComments || !lines.LineAt(span.Start).Contains(AllowComment, StringComparison.Ordinal))
            .Take(options.MaxFindings)
            .Select(span => Finding(text, span, null, lines.Number(span.Start), span.Start - lines.Start(span.Start) + 1))];
    }

    /// <summary>Scans what a patch adds: the lines with <c>+</c> and the new file names. What it removes or leaves is not scanned.</summary>
    /// <param name="patch">A unified diff, as git writes it.</param>
    /// <param name="options">The options, or null for the defaults; comments that allow a secret are never honoured.</param>
    /// <returns>The findings by file and place, at most <see cref="SecretScanOptions.MaxFindings"/>.</returns>
    /// <exception cref="SecretScanException">The patch is longer than <see cref="SecretScanOptions.MaxLength"/>.</exception>
    public static IReadOnlyList<SecretFinding> ScanPatch(string patch, SecretScanOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(patch);
        options ??= new SecretScanOptions();
        Check(patch, options);
        var findings = new List<SecretFinding>();
        foreach (var block in AddedBlock.In(patch))
        {
            var lines = new LineIndex(block.Text);
            foreach (var span in Spans(block.Text))
            {
                var line = block.FirstLine == 0 ? 0 : block.FirstLine + lines.Number(span.Start) - 1;
                findings.Add(Finding(block.Text, span, block.Path, line, span.Start - lines.Start(span.Start) + 1));
                if (findings.Count == options.MaxFindings)
                {
                    return findings;
                }
            }
        }

        return findings;
    }

    /// <summary>
    /// Puts <c>[REDACTED:rule:n]</c> in the place of each secret. Equal secrets get the same placeholder; n counts from 1 per rule,
    /// after the placeholders that the text has already. Redacting again changes nothing.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <exception cref="SecretScanException">The text is longer than the default limit, or does not come to rest.</exception>
    public static string Redact(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Check(text, new SecretScanOptions());
        var placeholders = new PlaceholderNumbers(text);
        for (var round = 0; round < MaxRounds; round++)
        {
            var spans = Spans(text);
            if (spans.Count == 0)
            {
                return text;
            }

            text = Replace(text, spans, placeholders);
        }

        throw new SecretScanException("The text still holds secrets after many rounds of redaction; do not use it.");
    }

    private static void Check(string text, SecretScanOptions options)
    {
        if (text.Length > options.MaxLength)
        {
            throw new SecretScanException($"The text has {text.Length} characters, the limit is {options.MaxLength}; split it.");
        }
    }

    private static string Replace(string text, List<SecretSpan> spans, PlaceholderNumbers placeholders)
    {
        var output = new StringBuilder(text.Length);
        var position = 0;
        foreach (var span in spans)
        {
            output.Append(text, position, span.Start - position).Append(placeholders.For(span.Rule, text.Substring(span.Start, span.Length)));
            position = span.End;
        }

        return output.Append(text, position, text.Length - position).ToString();
    }

    /// <summary>The secrets by place; where two overlap they are one, named by the rule that comes first.</summary>
    private static List<SecretSpan> Spans(string text)
    {
        var found = PrivateKeys.Find(text).Select(f => (Span: new SecretSpan(PrivateKeys.Rule, f.Start, f.Length), Rank: -1))
            .Concat(SecretRules.All.SelectMany((rule, rank) => rule.Find(text).Select(f => (Span: new SecretSpan(rule.Id, f.Start, f.Length), Rank: rank))))
            .OrderBy(f => f.Span.Start).ThenBy(f => f.Rank);
        var merged = new List<(SecretSpan Span, int Rank)>();
        foreach (var (span, rank) in found)
        {
            if (merged.Count == 0 || merged[^1].Span.End <= span.Start)
            {
                merged.Add((span, rank));
                continue;
            }

            var (last, lastRank) = merged[^1];
            var end = Math.Max(last.End, span.End);
            merged[^1] = (new SecretSpan(rank < lastRank ? span.Rule : last.Rule, last.Start, end - last.Start), Math.Min(rank, lastRank));
        }

        return [.. merged.Select(m => m.Span)];
    }

    private static SecretFinding Finding(string text, SecretSpan span, string? path, int line, int column)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(span.Rule, "\0", text.AsSpan(span.Start, span.Length))));
        return new SecretFinding(span.Rule, path, line, column, span.Length, Convert.ToHexStringLower(hash)[..16]);
    }
}
