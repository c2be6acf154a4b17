namespace Kfm.Provenance.Evidence.Rules;

/// <summary>C12: no other fact stands in the document that the record does not hold, and none is missing.</summary>
internal sealed class RestRule : ConsistencyRule
{
    public override string Id => "C12";

    public override IEnumerable<(string Pointer, string Message)> Check(ConsistencyInput input) =>
    [
        .. input.Differences<ActedFor>(),
        .. input.Differences<Actor>(),
        .. input.Differences<Artifact>(),
        .. input.Differences<AssociatedWith>(),
        .. input.Differences<DerivedFrom>(),
        .. input.Differences<InformedBy>(),
        .. input.Differences<Labelled>(),
        .. input.Differences<Measured>(),
        .. input.Differences<Tested>(),
    ];
}
