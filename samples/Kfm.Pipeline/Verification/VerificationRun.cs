using Kfm.Pipeline.Bundles;
using Kfm.Provenance;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Verification;

/// <summary>A verification under way: the bundle, what the caller trusts, what was found.</summary>
internal sealed class VerificationRun(RunBundle bundle, TrustFile trust)
{
    private readonly List<VerificationFinding> _findings = [];
    private readonly List<string> _notes = [];

    /// <summary>The bundle.</summary>
    public RunBundle Bundle => bundle;

    /// <summary>What the caller trusts.</summary>
    public TrustFile Trust { get; set; } = trust;

    /// <summary>What is not as it must be.</summary>
    public IReadOnlyList<VerificationFinding> Findings => _findings;

    /// <summary>What could not be established, because the caller does not know a key or a person.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The record, once it was read.</summary>
    public EvidenceGraph? Graph { get; set; }

    /// <summary>The paths of the files; empty before <see cref="StructureCheck"/>.</summary>
    public IReadOnlySet<string> Files { get; set; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>Whether a key that the caller trusts has sealed the bundle.</summary>
    public bool SignerEstablished { get; set; }

    /// <summary>The id of the key that sealed the bundle, as the seal says.</summary>
    public string Signer { get; set; } = "";

    /// <summary>The caller's time, at which overrides must hold; without it none does.</summary>
    public DateTimeOffset? Now { get; init; }

    /// <summary>Records a finding.</summary>
    public void Refuse(string rule, string file, string message) => _findings.Add(new VerificationFinding(rule, file, message));

    /// <summary>Records something that could not be established.</summary>
    public void Note(string text) => _notes.Add(text);

    /// <summary>Records a finding unless a condition holds.</summary>
    public bool Require(bool holds, string rule, string file, string message)
    {
        if (!holds)
        {
            Refuse(rule, file, message);
        }

        return holds;
    }

    /// <summary>The bytes of a file that every bundle has; a finding and null when it is not there.</summary>
    public byte[]? Bytes(string file)
    {
        // Names come from documents as well: only what was found below the root is opened.
        if (Files.Contains(file))
        {
            return bundle.Bytes(file);
        }

        Refuse("file.missing", file, "the file is not there");
        return null;
    }

    /// <summary>The digest of a file of any size, or null with a finding.</summary>
    public Digest? DigestOf(string file)
    {
        if (Files.Contains(file))
        {
            return Digest.OfFile(bundle.PathOf(file));
        }

        Refuse("file.missing", file, "the file is not there");
        return null;
    }

    /// <summary>Does a check; bad data in it becomes a finding.</summary>
    public void Check(string rule, string file, Action check)
    {
        try
        {
            check();
        }
        catch (KfmException e)
        {
            Refuse(rule, file, e.Message);
        }
    }
}
