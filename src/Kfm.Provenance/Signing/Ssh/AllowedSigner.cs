namespace Kfm.Provenance.Signing.Ssh;

/// <summary>A line of an allowed signers file (ssh-keygen(1), "ALLOWED SIGNERS"): whose a key is, for which namespaces, and when.</summary>
/// <remarks>
/// <c>principals [options] kind base64 [comment]</c>, with the options <c>namespaces="…"</c>, <c>valid-after="…"</c> and <c>valid-before="…"</c>. An authority for
/// certificates (<c>cert-authority</c>) and options that are not known are refused. Times are UTC, with or without <c>Z</c>, so that every machine reads them alike.
/// </remarks>
public sealed class AllowedSigner
{
    private const int MaxLength = 16 * 1024;

    private AllowedSigner(string principals, SshPublicKey key, AllowedSignerOptions options) =>
        (Principals, Key, Namespaces, ValidAfter, ValidBefore) = (principals, key, options.Namespaces, options.ValidAfter, options.ValidBefore);

    /// <summary>The pattern list of identities, such as <c>ada@example.org,*@example.com</c>.</summary>
    public string Principals { get; }

    /// <summary>The key.</summary>
    public SshPublicKey Key { get; }

    /// <summary>The pattern list of namespaces; null for any.</summary>
    public string? Namespaces { get; }

    /// <summary>The first second at which the key is valid, or null.</summary>
    public DateTimeOffset? ValidAfter { get; }

    /// <summary>The last second at which the key is valid, or null.</summary>
    public DateTimeOffset? ValidBefore { get; }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, at most 16 Ki characters; comments and empty lines are none.</param>
    /// <exception cref="AllowedSignerFormatException">The line is something else, or names what is not supported.</exception>
    public static AllowedSigner Parse(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var text = line.Trim(' ', '\t');
        if (text.Length is 0 or > MaxLength || text[0] == '#' || text.Any(char.IsControl))
        {
            throw new AllowedSignerFormatException("one line 'principals [options] kind base64 [comment]' is expected, without control characters");
        }

        var (principals, rest) = Word(text);
        if (principals.Contains('"', StringComparison.Ordinal) || principals.Split(',').Any(p => p.TrimStart('!').Length == 0))
        {
            throw new AllowedSignerFormatException("the principals are patterns with a comma between them and no quotes");
        }

        var options = AllowedSignerOptions.None;
        if (!IsKind(Word(rest).First))
        {
            (options, rest) = AllowedSignerOptions.Read(rest);
        }

        try
        {
            return new AllowedSigner(principals, SshPublicKey.Parse(rest), options);
        }
        catch (KeyFormatException e)
        {
            throw new AllowedSignerFormatException(e.Message.TrimEnd('.'), e);
        }
    }

    /// <summary>Whether the line is for an identity.</summary>
    /// <param name="principal">The identity.</param>
    public bool IsFor(string principal)
    {
        ArgumentNullException.ThrowIfNull(principal);
        return SshPattern.Matches(Principals, principal);
    }

    /// <summary>Why the key may not sign, or null.</summary>
    /// <param name="principal">The identity of the signer.</param>
    /// <param name="forNamespace">The namespace of the signature.</param>
    /// <param name="time">When it was signed.</param>
    public string? Refuse(string principal, string forNamespace, DateTimeOffset time) =>
        !IsFor(principal) ? $"the line of the key is not for {principal}"
        : Namespaces is not null && !SshPattern.Matches(Namespaces, forNamespace) ? $"the key may not sign for the namespace {forNamespace}"
        : ValidAfter is { } after && time < after ? "the key is not valid yet at the time of the signature"
        : ValidBefore is { } before && time > before ? "the key is not valid any more at the time of the signature"
        : null;

    private static (string First, string Tail) Word(string text)
    {
        var end = text.AsSpan().IndexOfAny(' ', '\t');
        return end < 0 ? (text, "") : (text[..end], text[end..].TrimStart(' ', '\t'));
    }

    private static bool IsKind(string word) =>
        word.StartsWith("ssh-", StringComparison.Ordinal) || word.StartsWith("ecdsa-", StringComparison.Ordinal) || word.StartsWith("sk-", StringComparison.Ordinal);
}
