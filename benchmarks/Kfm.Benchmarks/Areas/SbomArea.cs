using Kfm.Provenance.Sbom;

namespace Kfm.Benchmarks.Areas;

/// <summary>The bill of a restored project with 67 packages, files of the packages folder included.</summary>
public sealed class SbomArea : Area
{
    // cdxgen 12.8.4 over the same kind of project, recorded 2026-11-21: 2.1 seconds.
    private const double CdxgenMilliseconds = 2100;

    /// <inheritdoc/>
    public override string Name => "sbom";

    /// <inheritdoc/>
    public override IEnumerable<Row> Measure()
    {
        var folder = Inputs(Path.Combine("..", "conformance", "sbom-input", "big"));
        var assets = File.ReadAllBytes(Path.Combine(folder, "project.assets.json"));
        var options = new SbomOptions { Timestamp = DateTimeOffset.UnixEpoch, PackageFolders = [Path.Combine(folder, "packages")] };

        var bill = Measurement.Of(() => CycloneDxBom.FromAssets(assets, options).ToJson());
        yield return new("assets to bill", bill.Nanoseconds / 1e6, "ms", CdxgenMilliseconds, "cdxgen 12.8.4, a cold process, recorded 2026-11-21");
        yield return new("assets to bill, allocated", bill.AllocatedBytes, "B/op");

        var json = CycloneDxBom.FromAssets(assets, options).ToJson();
        var read = Measurement.Of(() => CycloneDxBom.Parse(json));
        yield return new("read and check", read.Nanoseconds / 1e6, "ms");
        yield return new("read and check, allocated", read.AllocatedBytes, "B/op");
    }
}
