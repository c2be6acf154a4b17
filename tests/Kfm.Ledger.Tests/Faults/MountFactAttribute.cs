namespace Kfm.Ledger.Tests.Faults;

/// <summary>A test that mounts a small file system; skipped for those who may not.</summary>
internal sealed class MountFactAttribute : FactAttribute
{
    public MountFactAttribute()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess)
        {
            Skip = "Only root on Linux may mount a small file system to fill.";
        }
    }
}
