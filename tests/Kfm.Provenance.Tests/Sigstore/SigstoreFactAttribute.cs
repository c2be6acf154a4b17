namespace Kfm.Provenance.Tests.Sigstore;

/// <summary>A fact that needs the published cases of sigstore-conformance.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SigstoreFactAttribute : FactAttribute
{
    public SigstoreFactAttribute() => Skip = SigstoreSuiteFiles.AreThere ? null : $"'{SigstoreSuiteFiles.Folder}' is not there; KFM_CONFORMANCE_DIR names the folder that holds it.";
}
