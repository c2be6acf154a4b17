namespace Kfm.Gates.CSharp;

/// <summary>
/// Keeps texts from the parser that would end the process: some of its recursions have no guard of their own. Brackets are counted as they stand, also in
/// strings and comments, and the parser gets a stack that is far larger than what the limits let it need.
/// </summary>
internal static class NestingGuard
{
    private const int MaxDepth = 2_000;
    private const int MaxDirective = 4_000;
    private const int MaxRun = 2_000;
    private const int StackBytes = 256 << 20;

    /// <summary>Why a text is not parsed; null when it is.</summary>
    public static string? Refusal(string text)
    {
        var (round, square, curly, angle, words) = (0, 0, 0, 0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            (round, square, curly, angle) = text[i] switch
            {
                '(' => (round + 1, square, curly, angle),
                ')' => (Math.Max(round - 1, 0), square, curly, angle),
                '[' => (round, square + 1, curly, angle),
                ']' => (round, Math.Max(square - 1, 0), curly, angle),
                '{' => (round, square, curly + 1, 0),
                '}' => (round, square, Math.Max(curly - 1, 0), 0),
                '<' => (round, square, curly, angle + 1),
                '>' => (round, square, curly, Math.Max(angle - 1, 0)),
                ';' => (round, square, curly, 0),
                _ => (round, square, curly, angle),
            };

            // A chain of prefixes (not not …, !!…, - - …) has no bracket; it has no end of a statement either.
            words = text[i] is ';' or '}' or '{' or ',' or '"' ? 0 : words + 1;
            if (Math.Max(Math.Max(round, square), Math.Max(curly, angle)) > MaxDepth)
            {
                return $"brackets are nested deeper than {MaxDepth} levels";
            }

            if (words > MaxRun * 40)
            {
                return $"a part of a statement is longer than {MaxRun * 40} characters";
            }
        }

        return text.Split('\n').Any(line => line.Length > MaxDirective && line.AsSpan().TrimStart().StartsWith("#")) ? $"a directive is longer than {MaxDirective} characters" : null;
    }

    /// <summary>Runs something on a large stack.</summary>
    public static T OnLargeStack<T>(Func<T> run)
    {
        T? result = default;
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    result = run();
                }
                catch (Exception e)
                {
                    failure = e;
                }
            },
            StackBytes);
        thread.Start();
        thread.Join();
        return failure is null ? result! : throw new InvalidOperationException("The parser failed.", failure);
    }
}
