namespace Kfm.Gates.Licences;

/// <summary>The words and brackets of a licence expression. The case of operators does not count, as SPDX 3.0 lets it be.</summary>
internal sealed class LicenceTokens(string expression)
{
    private static readonly string[] Operators = ["AND", "OR", "WITH"];
    private readonly string[] _tokens = expression
        .Replace("(", " ( ", StringComparison.Ordinal)
        .Replace(")", " ) ", StringComparison.Ordinal)
        .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private int _at;

    public bool AtEnd => _at == _tokens.Length;

    public bool Take(string token)
    {
        var found = !AtEnd && string.Equals(_tokens[_at], token, StringComparison.OrdinalIgnoreCase);
        _at += found ? 1 : 0;
        return found;
    }

    /// <summary>An identifier, which is no operator; null when none stands here.</summary>
    public string? Identifier() => !AtEnd && IsIdentifier(_tokens[_at]) ? _tokens[_at++] : null;

    private static bool IsIdentifier(string token) =>
        !Operators.Contains(token, StringComparer.OrdinalIgnoreCase)
        && token.AsSpan().TrimEnd('+').Length >= token.Length - 1
        && token.TrimEnd('+').All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or ':')
        && char.IsAsciiLetterOrDigit(token[0]);
}
