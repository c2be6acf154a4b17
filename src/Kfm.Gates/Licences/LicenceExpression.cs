namespace Kfm.Gates.Licences;

/// <summary>SPDX licence expressions (SPDX 2.3, annex D) in one form without brackets, so that lists can be held against their parts.</summary>
public static class LicenceExpression
{
    private const int MaxLength = 4_000;
    private const int MaxBranches = 256;
    private const string Unreadable = "invalid:";

    /// <summary>
    /// Multiplies an expression out: branches joined by <c>OR</c>, each of parts joined by <c>AND</c>; a part is an identifier, one with <c>+</c>, or one
    /// <c>WITH</c> an exception. Identifiers stay as they are written. What is no expression, or has more than 256 branches, is given
    /// back as <c>invalid:</c> and its text without spaces, which is on nobody's list.
    /// </summary>
    /// <param name="expression">The expression.</param>
    public static string Normalize(string expression)
    {
        ArgumentNullException.ThrowIfNull(expression);
        var tokens = new LicenceTokens(expression.Length > MaxLength ? "" : expression);
        var branches = Either(tokens, 0);
        return branches is not null && tokens.AtEnd
            ? string.Join(" OR ", branches.Select(parts => string.Join(" AND ", parts)).Distinct(StringComparer.Ordinal))
            : Unreadable + string.Join('_', (expression.Length > MaxLength ? expression[..MaxLength] : expression).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    private static List<string[]>? Either(LicenceTokens tokens, int depth)
    {
        var branches = Both(tokens, depth);
        while (branches is not null && tokens.Take("OR"))
        {
            branches = Both(tokens, depth) is { } next && branches.Count + next.Count <= MaxBranches ? [.. branches, .. next] : null;
        }

        return branches;
    }

    private static List<string[]>? Both(LicenceTokens tokens, int depth)
    {
        var branches = Part(tokens, depth);
        while (branches is not null && tokens.Take("AND"))
        {
            branches = Part(tokens, depth) is { } next && branches.Count * next.Count <= MaxBranches
                ? [.. branches.SelectMany(left => next.Select(right => (string[])[.. left.Union(right, StringComparer.Ordinal)]))]
                : null;
        }

        return branches;
    }

    private static List<string[]>? Part(LicenceTokens tokens, int depth)
    {
        if (tokens.Take("("))
        {
            return depth < 64 && Either(tokens, depth + 1) is { } inner && tokens.Take(")") ? inner : null;
        }

        if (tokens.Identifier() is not { } name)
        {
            return null;
        }

        return !tokens.Take("WITH") ? [[name]] : tokens.Identifier() is { } exception ? [[$"{name} WITH {exception}"]] : null;
    }
}
