using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto;

/// <summary>Reads back what the provenance of <see cref="SlsaProjection"/> claims.</summary>
internal sealed class SlsaReader(JsonCursor statement, Claims claims)
{
    public void Read()
    {
        var predicate = statement.Member("predicate");
        var (definition, details) = (predicate.Member("buildDefinition"), predicate.Member("runDetails"));
        StatementParts.Evidence(predicate.Member("kfm_evidence"), claims);
        var key = Run(details);
        Trace(definition);
        Inputs(definition.Member("resolvedDependencies"), key);
        Outputs(statement.Member("subject"), key, output: true);
        Outputs(details.Member("byproducts"), key, output: false);
    }

    private RunKey Run(JsonCursor details)
    {
        var metadata = details.Member("metadata");
        var key = metadata.Member("kfm_run").RunKey();
        claims.AddRunId(key, metadata.Member("invocationId"), "urn:uuid:");
        var (started, ended) = (metadata.Member("startedOn").Time(), metadata.Member("finishedOn").Time());
        claims.Add(new Run(key, started, ended, RunOutcome.Succeeded, metadata.Optional("kfm_parent")?.RunKey()), metadata);
        if (metadata.Optional("kfm_builder") is { } builder)
        {
            claims.Add(FactReader.Actor(builder), builder);
            var id = details.Member("builder").Member("id");
            claims.Add(new AssociatedWith(key, id.Text(), "builder"), id);
        }

        return key;
    }

    private void Trace(JsonCursor definition)
    {
        var parameters = definition.Member("externalParameters");
        var trace = new Trace(
            parameters.Member("repository").Text(),
            parameters.Member("base").Text(),
            parameters.Member("head").Text(),
            parameters.Optional("pullRequest")?.Text(),
            parameters.Member("workflowRun").Text(),
            parameters.Member("attempt").Count(),
            definition.Member("internalParameters").Member("policySet").Digest());
        claims.Add(trace, parameters);
        var dependencies = definition.Member("resolvedDependencies");
        var source = dependencies.Items().Take(1).ToList();
        var commit = (source is [var first] ? first : throw dependencies.Error("the source is missing")).Member("digest").Member("gitCommit");
        if (!string.Equals(commit.Text(), trace.HeadCommit, StringComparison.Ordinal))
        {
            claims.Problems.Add(("C5", commit.Pointer, $"the source is the commit {commit.Text()}, the parameters say {trace.HeadCommit}"));
        }
    }

    private void Inputs(JsonCursor list, RunKey key)
    {
        foreach (var item in list.Items().Skip(1))
        {
            var artifact = StatementParts.Artifact(item, claims);
            foreach (var role in item.Member("annotations").Member("usedAs").Items())
            {
                claims.Add(new Used(key, artifact, role.Text()), role);
            }
        }
    }

    private void Outputs(JsonCursor list, RunKey key, bool output)
    {
        foreach (var item in list.Items())
        {
            var artifact = StatementParts.Artifact(item, claims);
            claims.Add(new Generated(key, artifact), item);
            var role = item.Member("annotations").Member("role");
            if (role.Word<ArtifactRole>() == ArtifactRole.Output != output)
            {
                claims.Problems.Add(("C2", role.Pointer, "the outputs are the subjects, what is no output is a by-product"));
            }
        }
    }
}
