"""How large a file may be before it is refused."""

HUOSHUI_UPLOAD_MAX_BYTES = 200 * 1024 * 1024
HUOSHUI_UPLOAD_MAX_ROWS = 2_000_000
HUOSHUI_UPLOAD_MAX_UNPACKED_BYTES = 1024 * 1024 * 1024

# Files larger than this go to a temporary file on disk, never to memory.
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
# Form fields only; files are bounded by HUOSHUI_UPLOAD_MAX_BYTES.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
