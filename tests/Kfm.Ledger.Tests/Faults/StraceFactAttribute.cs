namespace Kfm.Ledger.Tests.Faults;

/// <summary>A test that makes system calls fail with strace; skipped where it is not there.</summary>
internal sealed class StraceFactAttribute : FactAttribute
{
    public StraceFactAttribute()
    {
        if (!File.Exists("/usr/bin/strace"))
        {
            Skip = "strace is not installed, so no system call can be made to fail.";
        }
    }
}
