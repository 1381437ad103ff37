"""Seals that others made, as numbers.

Visible seals and their signers' public points: vdstools by T. Senger (Apache-2.0), its test data for seals of BSI
TR-03137. The JSON seal: the specimen of the Australian Passport Office's VDS-NC checker.
"""

from __future__ import annotations

RESIDENCE_PERMIT = bytes.fromhex(
    "dc03d9c5d9cac8a73a990f71346ecf47fb0602305cba135875976ec066d417b59e8c6abc133c133c133c133c3fef3a2938ee"
    "43f1593d1ae52dbb26751fe64b7c133c136b0306d79519a65306ff408b7f3b5f9a83fdd4f46ec7dccc3384bb6c540aaf5260"
    "3cc66d1f08b7f5e71243475d0a833b51fd2a846622e847b1f3791803f26d734b9bd18178fa22cff2a31a"
)
ADDRESS_STICKER = bytes.fromhex(
    "dc03d9c56d32c8a72cb16ecf476ecf47f9080106cf3519af974c02061a70208519a1030e395e463e740c749fad19d31efe32"
    "ff388f16d14e828a86e0f8e31ddf13cc2cb3e0d8f5e4706562c9503d7326ad6c0fa84154607d70975e5b7dfb2e36197988ec"
    "e64345d37ad9b97c"
)
SOCIAL_INSURANCE_CARD = bytes.fromhex(
    "dc02d9c56d32c8a519fc0f71346f1d67fc0401083fee456d2de019a8020b506572736368776569c39f03054f736361720413"
    "4ac3a2636f62c3a96e69646963747572697573ff401dce81e863b01cffe5b099a5bbfca60730ec9e090a1c82fa00580eb592"
    "a9fc921d5f02ce8d1ec4e3aa3cb4cea3afef1c382b44ed8da7105372fc1d2e8d91a393"
)
ARRIVAL_ATTESTATION = bytes.fromhex(
    "dc02d9c56d32c8a51a540f71346f1d67fd020230a56213535bd4caecc87ca4ccaeb4133c133c133c133c133c3fef3a2938ee"
    "43f1593d1ae52dbb26751fe64b7c133c136b030859e9203833736d24ff4077b2fec8ef9ef10c0d38a7d2a579ebb9f80212eb"
    "06edd7b1dc29889a6b735b7ea1d7d78ff60d2aecb87b0247628c32119ba335b6bd87a7e07333c83ed16b091f"
)
VISA = bytes.fromhex(
    "dc03d9c56d32c8a72cb10f71347d00175d01022cdd52134a74da1347c6fed95cb89f9fce133c133c133c133c203833734aaf"
    "47f0c32f1a1e20eb2625393afe310403a00000050633be1fed20c6ff389fd029c66fb2e4bf361cdbffd8f5931b6259f645b0"
    "77702c617f453d0b898a55e6e7870974ffe7b3ac416acde6b03b3c3a8cb5a22b456816"
)
SUPPLEMENTARY_SHEET = bytes.fromhex(
    "dc03d9c5d9cac8a73a990f71347d4e37fa0604305cba135875976ec066d417b59e8c6abc133c133c133c133c3fef3a2938ee"
    "43f1593d1ae52dbb26751fe64b7c133c136b0506b77519a519aaff4008f9e9b4b79be5703048a4879a4f420c433c375295a3"
    "55fb0d29dcbed211cf6f5f5738ba2b74e2fe5f1d2d2021e054bffd0e4ce17d98e5bced26a85c91c68b2f"
)
PASSPORT_STICKER = bytes.fromhex(
    "dc03d9c5d9cac8a73a990f71347d4e37f80a0106b77a38e596ce02061a203a4d1fe1030426532081ff4027436ce719f913cc"
    "d3ebfaeeae175171450db6ca1b62ff188748834d2dc5299a5f418be8d4dc052e0536cb6de711b4cc645651c6b0eafe5713e9"
    "6290dc149169"
)
EMERGENCY_TRAVEL_DOCUMENT = bytes.fromhex(
    "dc03d9c5d9cac8a73a990f71347d4e375e0302308a0d62b9d917a4cca93ca4d0edfc133c133c133c133c133c3fef3a2938ee"
    "43f1593d1ae52dbb26751fe64b7c133c136bff4022f8bd19eccba4ef24f204787796dd914fec61f605b153b22a6ef307d386"
    "9938a4e7e908f0a63b8379880b395c7fdbac720d7f2836d08e1da62611614a00120b"
)
UNKNOWN = bytes.fromhex(
    "dc036abcd9cac8a73a99a807baa807baf48f010659e96b0f2d0a0206e95545b819f6ff4062672e113775b885000fa1730c6e"
    "0eeaa8508cf56f01bccce8bf8e7405de9d6544645b5c1e491c9be01a9ad57216703257cd12c678fd3d55d71186701e635364"
)
#: Signer UTTS, reference 5B, on brainpoolP256r1; signer DETS, reference 32, on brainpoolP224r1: x and y.
UTTS5B = bytes.fromhex(
    "0408132a7243b3ccc29c271097081c96a729eefb8eb93630e536498e9b7ce1ced25d68a789d93bef39c04715c5ad3915d281"
    "c0754ecc08508bf66687efc630df88"
)
DETS32 = bytes.fromhex(
    "044ce232a26aa6a7d4416cb1ccbd5b9bf47e89cd00f2b5c59935c83cfa581aaa53126861ee3449afe3a0cd338a63e2ed2e6dfa3788ce178fe2"
)
#: The signer's point on secp256r1, what it signed and its signature.
DFAT = bytes.fromhex(
    "04525693b21ee2e39b4d5307588b06bdd2ad4a761a442533e98faae6db5b79a3b340d37912ab7d54d292464d80e1a3fc307f"
    "7e8de9f2a1b2f145604f80d0455848"
)
VACCINATION = {
    "hdr": {"is": "AUS", "t": "icao.vacc", "v": 1},
    "msg": {
        "pid": {"dob": "2004-03-20", "i": "PA0940385", "n": "CITIZEN  JOHN", "sex": "M"},
        "uvci": "VB0009990025",
        "ve": [
            {
                "des": "XM68M6",
                "dis": "RA01.0",
                "nam": "AstraZeneca Vaxzevria",
                "vd": [{"adm": "Community Nurse", "ctr": "AUS", "dvc": "2021-04-02", "lot": "317711P", "seq": 1}],
            },
            {
                "des": "XM68M6",
                "dis": "RA01.0",
                "nam": "Moderna Spikevax",
                "vd": [{"adm": "Primary Health", "ctr": "AUS", "dvc": "2021-10-03", "lot": "Not recorded", "seq": 2}],
            },
        ],
    },
}
VACCINATION_SIGNATURE = "70r84nJGP4hnkx3fZkHfhRG2AaGrC1wKgkzbLWkBZpiQ0DJUQ_x9WJGTqMAAjWGfUDcoAtsmKlg_HrDhNChjKg=="
