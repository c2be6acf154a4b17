using System.Text;
using Kfm.Provenance.Signing;

namespace Kfm.Provenance.Merkle;

/// <summary>Reads trust policies (C2SP tlog-policy, policy file syntax and structure).</summary>
internal sealed class WitnessPolicyReader
{
    internal const string None = "none";
    private const int MaxBytes = 1024 * 1024;
    private const int MaxOfKind = 1024;

    private readonly List<PolicyKey> _logs = [];
    private readonly List<PolicyKey> _witnesses = [];
    private readonly Dictionary<string, PolicyGroup> _groups = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal) { None };
    private readonly HashSet<string> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _depths = new(StringComparer.Ordinal);
    private string? _quorum;
    private int _line;

    internal WitnessPolicy Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxBytes)
        {
            throw new WitnessPolicyFormatException($"A policy has at most {MaxBytes} bytes.", 0);
        }

        // One character for each octet: names are opaque octets.
        foreach (var line in Encoding.Latin1.GetString(bytes).Split('\n'))
        {
            _line++;
            if (line.AsSpan().IndexOfAnyInRange('\0', '\x08') >= 0 || line.AsSpan().IndexOfAnyInRange('\x0b', '\x1f') >= 0 || line.Contains('\x7f', StringComparison.Ordinal))
            {
                throw Wrong("The only control characters are tab and newline.");
            }

            var items = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (items.Length > 0 && items[0][0] != '#')
            {
                ReadLine(items);
            }
        }

        return _quorum is null
            ? throw new WitnessPolicyFormatException("The quorum line is missing; 'quorum none' asks for no witness.", 0)
            : new WitnessPolicy(_logs, _witnesses, _groups, _quorum);
    }

    private void ReadLine(string[] items)
    {
        switch (items)
        {
            case ["log", var key, .. var url] when url.Length <= 1:
                var log = Key(key, isWitness: false);
                Add(_logs, new PolicyKey(log.Name, log, Url(url)));
                break;
            case ["witness", var name, var key, .. var url] when url.Length <= 1:
                Define(name);
                Add(_witnesses, new PolicyKey(name, Key(key, isWitness: true), Url(url)));
                break;
            case ["group", var name, var threshold, .. var members] when members.Length > 0:
                ReadGroup(name, threshold, members);
                break;
            case ["quorum", var name]:
                _quorum = _quorum is null && _names.Contains(name) ? name : throw Wrong("A policy has one quorum line, of a name that was defined before it.");
                break;
            default:
                throw Wrong("The line is not 'log', 'witness', 'group' or 'quorum' with what belongs to it.");
        }
    }

    private void ReadGroup(string name, string threshold, string[] members)
    {
        foreach (var member in members)
        {
            if (string.Equals(member, None, StringComparison.Ordinal) || !_names.Contains(member))
            {
                throw Wrong("A member of a group is a witness or a group that was defined before.");
            }

            if (!_members.Add(member))
            {
                throw Wrong("A name is a member of one group only, and once.");
            }
        }

        const int MaxDepth = 64;
        var depth = 1 + members.Max(m => _depths.GetValueOrDefault(m));
        var count = threshold switch
        {
            "any" => 1UL,
            "all" => (ulong)members.Length,
            _ => DecimalText.TryParse(threshold, out var k) ? k : 0,
        };
        if (count < 1 || count > (ulong)members.Length || depth > MaxDepth || _groups.Count == MaxOfKind)
        {
            throw Wrong($"A group has a threshold of 'any', 'all' or 1 to the number of its members; at most {MaxOfKind} groups, {MaxDepth} deep, are read.");
        }

        Define(name);
        _depths.Add(name, depth);
        _groups.Add(name, new PolicyGroup((int)count, members));
    }

    private void Add(List<PolicyKey> keys, PolicyKey key)
    {
        if (keys.Count == MaxOfKind || keys.Any(k => k.Verifier.HasSameKeyAs(key.Verifier)))
        {
            throw Wrong($"The key is there twice, or there are more than {MaxOfKind}.");
        }

        keys.Add(key);
    }

    private void Define(string name)
    {
        if (!_names.Add(name))
        {
            throw Wrong("The name is defined twice, or is 'none'.");
        }
    }

    private NoteVerifier Key(string text, bool isWitness)
    {
        try
        {
            var key = NoteVerifier.Parse(Utf8(text));
            return (key.Algorithm == NoteAlgorithm.Ed25519Cosignature) == isWitness
                ? key
                : throw Wrong(isWitness ? "The key of a witness has the type of cosignatures (0x04)." : "The key of a log does not have the type of cosignatures.");
        }
        catch (NoteFormatException e)
        {
            throw new WitnessPolicyFormatException("The key cannot be read: " + e.Message, _line, e);
        }
    }

    private static string? Url(string[] items) => items.Length > 0 ? Utf8(items[0]) : null;

    private static string Utf8(string octets) => Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(octets));

    private WitnessPolicyFormatException Wrong(string message) => new(message, _line);
}
