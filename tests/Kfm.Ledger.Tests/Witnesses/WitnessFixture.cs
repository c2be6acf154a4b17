using System.Globalization;
using System.Text;
using Kfm.Ledger.Witnesses;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Ledger.Tests.Witnesses;

/// <summary>Three witnesses of the log of a fixture, and a policy that asks for two of them.</summary>
internal sealed class WitnessFixture : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<Ed25519SigningKey> _keys = [.. Enumerable.Range(0, 3).Select(_ => Ed25519SigningKey.Create())];

    internal WitnessFixture(NoteVerifier log)
    {
        Witnesses = [.. _keys.Select((key, i) => Witness.Open(new WitnessOptions
        {
            Path = _directory.Combine($"witness{i}.db"),
            Signers = [Signer(i)],
            Logs = [log],
        }))];
        Policy = WitnessPolicy.Parse(Encoding.UTF8.GetBytes(PolicyText(log)));
    }

    internal List<Witness> Witnesses { get; }

    internal WitnessPolicy Policy { get; }

    internal WitnessSettings Settings(params int[] reachable) => new()
    {
        Policy = Policy,
        Endpoints = reachable.ToDictionary(i => Name(i), i => (IWitnessEndpoint)Witnesses[i], StringComparer.Ordinal),
    };

    public void Dispose()
    {
        Witnesses.ForEach(w => w.Dispose());
        _keys.ForEach(k => k.Dispose());
        _directory.Dispose();
    }

    private static string Name(int i) => "w" + i.ToString(CultureInfo.InvariantCulture);

    private NoteSigner Signer(int i) => new(string.Create(CultureInfo.InvariantCulture, $"witness.example/{i}"), _keys[i], new SteppingTimeProvider());

    private string PolicyText(NoteVerifier log)
    {
        var witnesses = string.Concat(Enumerable.Range(0, 3).Select(i => $"witness {Name(i)} {Signer(i).Verifier}\n"));
        return $"# two of three\nlog {log}\n{witnesses}group g 2 w0 w1 w2\nquorum g\n";
    }
}
