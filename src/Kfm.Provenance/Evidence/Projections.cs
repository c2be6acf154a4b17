using Kfm.Provenance.InToto;
using Kfm.Provenance.OpenLineage;
using Kfm.Provenance.Prov;

namespace Kfm.Provenance.Evidence;

/// <summary>The formats that the record is written in.</summary>
public static class Projections
{
    /// <summary>OpenLineage, PROV-O, SLSA provenance and the verification summary.</summary>
    public static IReadOnlyList<Projection> All { get; } =
        [new OpenLineageProjection(), new ProvProjection(), new SlsaProjection(), new VsaProjection()];
}
