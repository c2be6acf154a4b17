using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>Writes the facts of one run of a stage.</summary>
internal sealed class StageRecord(PipelineRun run, RunKey key)
{
    /// <summary>The run that the facts belong to.</summary>
    public RunKey Key => key;

    /// <summary>A check with its result; the detail is made fit for the record.</summary>
    public void Check(string name, CheckStatus status, string? detail = null) =>
        run.Evidence.Add(new Tested(key, name, status, detail is null ? null : run.Redact(detail)));

    /// <summary>A check that passed, or failed with the detail.</summary>
    public void Check(string name, bool passed, string? detail = null) =>
        Check(name, passed ? CheckStatus.Passed : CheckStatus.Failed, passed ? null : detail);

    /// <summary>A number.</summary>
    public void Measure(string metric, double value, string unit = "1") => run.Evidence.Add(new Measured(key, metric, value, unit));

    /// <summary>A text.</summary>
    public void Label(string name, string value) => run.Evidence.Add(new Labelled(key, name, value));

    /// <summary>Who bore responsibility.</summary>
    public void Associate(string actor, string role) => run.Evidence.Add(new AssociatedWith(key, actor, role));

    /// <summary>A file of the bundle that the run wrote.</summary>
    public Artifact Generate(string file, ArtifactRole role, params ReadOnlySpan<Digest> sources)
    {
        var bytes = run.Bundle.Bytes(file);
        var artifact = new Artifact(Digest.Of(bytes), file, BundleFiles.MediaType(file), bytes.Length, role);
        run.Evidence.Add(artifact).Add(new Generated(key, artifact.Digest));
        foreach (var source in sources)
        {
            run.Evidence.Add(new DerivedFrom(artifact.Digest, source, key));
        }

        return artifact;
    }

    /// <summary>Something that the run read.</summary>
    public Artifact Use(Artifact artifact, string role)
    {
        run.Evidence.Add(artifact).Add(new Used(key, artifact.Digest, role));
        return artifact;
    }

    /// <summary>A file of the bundle that an earlier run wrote and that this one read.</summary>
    public Digest Use(string file, string role)
    {
        var digest = Digest.Of(run.Bundle.Bytes(file));
        run.Evidence.Add(new Used(key, digest, role));
        return digest;
    }

    /// <summary>The run itself, after which nothing is added to it.</summary>
    public void End(DateTimeOffset started, DateTimeOffset ended, RunOutcome outcome)
    {
        run.Evidence.Add(new Run(key, started, ended, outcome)).Add(run.Software);
        Associate(run.Software.Id, key.Stage switch { Stage.Build => "builder", Stage.Gate => "verifier", _ => "pipeline" });
        if (key.Stage > Stage.Intent && new FactQuery(run.Evidence.Facts).Run(key.Stage - 1) is { } earlier)
        {
            run.Evidence.Add(new InformedBy(key, earlier.Key));
        }
    }
}
